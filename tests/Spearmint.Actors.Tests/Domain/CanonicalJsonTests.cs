using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Spearmint.Domain;

public sealed class CanonicalJsonTests
{
    // the expected spellings are those of JSON.stringify in ECMAScript
    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.0", "1")]
    [InlineData("-0.0", "0")]
    [InlineData("100", "100")]
    [InlineData("1e2", "100")]
    [InlineData("0.10", "0.1")]
    [InlineData("-12.50", "-12.5")]
    [InlineData("123456789012345680000", "123456789012345680000")]
    [InlineData("1e21", "1e+21")]
    [InlineData("1.5e300", "1.5e+300")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("1.25E-10", "1.25e-10")]
    [InlineData("9007199254740993", "9007199254740993")]
    public void Numbers_have_one_spelling(string written, string canonical) => Assert.Equal(canonical, CanonicalJson.Number(written));

    [Fact]
    public void A_number_is_spelled_the_same_however_its_digits_were_written() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), Gen.Choose(-30, 30).ToArbitrary(), (digits, exponent) =>
            CanonicalJson.Number(FormattableString.Invariant($"{digits}e{exponent}")) ==
            CanonicalJson.Number(FormattableString.Invariant($"{digits}0.000E{exponent - 1}"))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_double_keeps_its_value() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat>(), value =>
            double.Parse(CanonicalJson.Number(JsonSerializer.Serialize(value.Get)), CultureInfo.InvariantCulture) == value.Get).QuickCheckThrowOnFailure();

    [Fact]
    public void Keys_are_sorted_at_every_depth_and_arrays_keep_their_order() =>
        Assert.Equal("""{"a":[{"x":1,"y":2},0],"b":{"c":true,"d":"é\n"}}""",
            Encoding.UTF8.GetString(CanonicalJson.Write(JsonElement.Parse("""{ "b": {"d":"\u00e9\n","c":true}, "a": [{"y":2,"x":1},0] }"""))));

    [Fact]
    public void An_absurd_exponent_is_an_error() =>
        Assert.Contains("exponent", Assert.Throws<ArgumentException>(() => { Config.FromJson("""{"a":1e99999999999}"""); }).Message);
}
