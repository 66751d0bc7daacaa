using Spearmint.Host.Support;

namespace Spearmint.Host.Security;

public sealed class OperatorTokenTests
{
    [Fact]
    public void A_new_token_has_256_bits_and_only_its_hash_is_kept()
    {
        using var folder = new TemporaryFolder();
        var made = OperatorToken.In(folder["data"]);
        Assert.Matches("^spm_[A-Za-z0-9_-]{43}$", made.Text);
        Assert.False(File.Exists(made.Path));

        made.Keep();

        var written = File.ReadAllText(made.Path);
        Assert.DoesNotContain(made.Text!, written, StringComparison.Ordinal);
        var next = OperatorToken.In(folder["data"]);
        Assert.Null(next.Text);
        Assert.Equal(AccessKey.HashOf(made.Text!), next.Hash);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(made.Path));
    }

    [Fact]
    public void Two_tokens_differ()
    {
        using var folder = new TemporaryFolder();

        Assert.NotEqual(OperatorToken.In(folder["one"]).Text, OperatorToken.In(folder["other"]).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("spm_secret")]
    [InlineData("zz")]
    public void A_file_that_is_none_is_refused_with_its_path(string content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[OperatorToken.FileName], content);

        var e = Assert.Throws<InvalidOperationException>(() => OperatorToken.In(folder.Path));

        Assert.Contains(folder[OperatorToken.FileName], e.Message, StringComparison.Ordinal);
        Assert.Contains("Delete it", e.Message, StringComparison.Ordinal);
    }
}
