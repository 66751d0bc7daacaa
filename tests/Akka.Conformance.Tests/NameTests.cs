using Akka.Actor;
using Akka.Conformance.Support;

namespace Akka.Conformance;

public class NameTests : ConformanceTest
{
    [Theory]
    [InlineData("orders")]
    [InlineData("a-b_c.d")]
    [InlineData("\"-_.*+:@&=,!~';()")]
    [InlineData("a$")]
    [InlineData("%20")]
    public void These_are_valid(string name)
    {
        Assert.True(ActorPath.IsValidPathElement(name));
        Assert.Equal(name, Start((_, _) => { }, name).Path.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("$a")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("ä")]
    [InlineData("a%2")]
    public void These_are_not(string name)
    {
        Assert.False(ActorPath.IsValidPathElement(name));
        Assert.Throws<InvalidActorNameException>(() => Start((_, _) => { }, name));
    }

    [Fact]
    public void The_special_characters_are_known() => Assert.Equal("\"-_.*$+:@&=,!~';()", ActorPath.ValidSymbols);

    [Fact]
    public void Siblings_have_different_names()
    {
        Start((_, _) => { }, "taken");
        Assert.Throws<InvalidActorNameException>(() => Start((_, _) => { }, "taken"));
    }

    [Fact]
    public async Task A_name_is_free_again_when_its_actor_has_stopped()
    {
        var first = Start((_, _) => { }, "again");
        await StopAndWait(first);
        IActorRef? second = null;
        // The parent may hear of it a moment later than we do.
        await AwaitAssertAsync(() => second = Start((_, _) => { }, "again"), Patience);
        Assert.Equal(first.Path, second!.Path);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Names_are_made_up_for_those_who_have_none()
    {
        Assert.Equal("$a", Start((_, _) => { }).Path.Name);
        Assert.Equal("$b", Start((_, _) => { }).Path.Name);
    }

    [Fact]
    public void A_path_is_made_of_the_system_and_the_ancestors()
    {
        var path = Start((_, _) => { }, "x").Path;
        Assert.Equal($"akka://{Sys.Name}/user/x", path.ToString());
        Assert.Equal("/user/x", path.ToStringWithoutAddress());
        Assert.Equal(["user", "x"], path.Elements);
        Assert.Equal("user", path.Parent.Name);
        Assert.Equal("/user/x/y", path.Child("y").ToStringWithoutAddress());
        Assert.Equal(Sys.Name, path.Address.System);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("-a")]
    [InlineData("")]
    public void A_system_has_a_plain_name(string name) => Assert.Throws<ArgumentException>(() => ActorSystem.Create(name));
}
