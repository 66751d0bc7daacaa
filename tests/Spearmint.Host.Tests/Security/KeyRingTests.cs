using Microsoft.AspNetCore.Authentication.Cookies;

namespace Spearmint.Host.Security;

public sealed class KeyRingTests
{
    private static readonly AccessKey Operator = AccessKey.Of("operator-key", Role.Operator, "0123456789abcdef");
    private static readonly AccessKey Viewer = AccessKey.Of("viewer-key", Role.Viewer, "fedcba9876543210");

    [Theory]
    [InlineData("0123456789abcdef", "operator-key")]
    [InlineData("fedcba9876543210", "viewer-key")]
    [InlineData("0123456789abcdeF", null)]
    [InlineData("0123456789abcdef ", null)]
    [InlineData("", null)]
    public void A_key_is_known_exactly_or_not_at_all(string presented, string? name) => Assert.Equal(name, new KeyRing([Operator, Viewer]).Find(presented)?.Name);

    [Fact]
    public void A_session_is_good_as_long_as_its_key_is_the_same_and_has_its_role()
    {
        var session = Identity.Of(Operator, CookieAuthenticationDefaults.AuthenticationScheme);

        Assert.True(Identity.IsValid(session, new KeyRing([Viewer, Operator])));
        Assert.False(Identity.IsValid(session, new KeyRing([Viewer])));
        Assert.False(Identity.IsValid(session, new KeyRing([AccessKey.Of("operator-key", Role.Operator, "another-0123456789")])));
        Assert.False(Identity.IsValid(session, new KeyRing([AccessKey.Of("operator-key", Role.Viewer, "0123456789abcdef")])));
        Assert.False(Identity.IsValid(user: null, new KeyRing([Operator])));
    }

    [Fact]
    public void What_a_session_carries_is_neither_the_key_nor_the_hash_that_is_kept()
    {
        var carried = string.Join(' ', Identity.Of(Operator, "any").Claims.Select(claim => claim.Value));

        Assert.DoesNotContain("0123456789abcdef", carried, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(Operator.Hash), carried, StringComparison.Ordinal);
    }
}
