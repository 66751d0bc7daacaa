namespace Spearmint.Host.Security;

/// <summary>What the welcome text says of keys.</summary>
/// <param name="Token">The operator's token; null where a key is given by the configuration.</param>
internal sealed record Credentials(OperatorToken? Token)
{
    private const string Variable = "$SPEARMINT_KEY";

    /// <summary>What to send: the token where it has just been made, else a variable to be set by whoever has the key.</summary>
    public string Bearer => Token?.Text ?? Variable;

    /// <summary>Keeps a new token, and says where the key is to be had.</summary>
    public string Say()
    {
        Token?.Keep();
        return this switch
        {
            { Token: null } => $"The key of the operator is what Spearmint:OperatorKey says; the commands below take it from {Variable}.",
            { Token.Text: { } text } => $"The operator's token, which is printed this once:\n  {text}",
            _ => $"The operator's token was printed at the first start; the commands below take it from {Variable}. To have a new one, delete {Token.Path}.",
        };
    }
}
