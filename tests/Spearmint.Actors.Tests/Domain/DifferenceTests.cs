namespace Spearmint.Domain;

public sealed class DifferenceTests
{
    [Theory]
    [InlineData("$", "$")]
    [InlineData("$.items[3].price", "$.items[*].price")]
    [InlineData("$[0][12]", "$[*][*]")]
    [InlineData("$['[3]'].a[4]", "$['[3]'].a[*]")]
    [InlineData(@"$['it\'][3]'][4]", @"$['it\'][3]'][*]")]
    [InlineData(@"$['back\\'][3]", @"$['back\\'][*]")]
    [InlineData("$error.message", "$error.message")]
    public void Rolled_up_a_path_has_no_indices_and_keeps_its_names(string path, string rolledUp) =>
        Assert.Equal(rolledUp, new Difference(path, "1", "2").RolledUpPath);
}
