using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Strategies;

public sealed class AllocateStrategyTests
{
    private static readonly PlanRequest Request = new(Guid.NewGuid(), "rank", Some.Configs("a", "b"), Input: "input");

    [Fact]
    public void A_function_of_input_and_key_chooses_the_config()
    {
        var strategy = Strategy.Allocate(request => request.Key == "tester" || (string)request.Input! == "b" ? "b" : "a").Create();

        Assert.Equal("a", Keyed.Only(strategy.Plan(Request)));
        Assert.Equal("b", Keyed.Only(strategy.Plan(Request with { Key = "tester" })));
        Assert.Equal("b", Keyed.Only(strategy.Plan(Request with { Input = "b" })));
    }

    [Fact]
    public void An_id_that_no_config_has_is_an_error_that_names_it() => Assert.Contains(
        "'z' is not among the configs: a, b.", Assert.Throws<ArgumentException>(() => Strategy.Allocate(_ => "z").Create().Plan(Request)).Message);

    [Fact]
    public void No_id_is_an_error_that_names_the_experiment() =>
        Assert.Contains("'rank'", Assert.Throws<ArgumentException>(() => Strategy.Allocate(_ => null!).Create().Plan(Request)).Message);

    [Fact]
    public void No_function_is_refused_at_once() => Assert.Throws<ArgumentNullException>("choose", () => Strategy.Allocate(null!));
}
