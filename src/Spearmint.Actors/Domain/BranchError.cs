namespace Spearmint.Domain;

/// <summary>An exception as data: what a record keeps of it. Secrets of the branch's config are blotted out.</summary>
/// <param name="Type">The full name of the exception's type.</param>
/// <param name="Message">Its message, at most 16,384 characters.</param>
/// <param name="StackTrace">Its stack trace, at most 16,384 characters; null when it was never thrown.</param>
/// <param name="Inner">The inner exception, to a depth of 16.</param>
public sealed record BranchError(string Type, string Message, string? StackTrace, BranchError? Inner)
{
    private const int MaxLength = 16_384;
    private const int MaxDepth = 16;

    /// <summary>Reads an exception and its inner chain.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="secrets">Texts that must not appear in the result.</param>
    public static BranchError From(Exception exception, IReadOnlyList<string> secrets) => From(exception, secrets, depth: 1);

    private static BranchError From(Exception exception, IReadOnlyList<string> secrets, int depth) => new(
        exception.GetType().FullName ?? exception.GetType().Name,
        Read(exception, static e => e.Message, secrets) ?? "",
        Read(exception, static e => e.StackTrace, secrets),
        exception.InnerException is { } inner && depth < MaxDepth ? From(inner, secrets, depth + 1) : null);

    private static string? Read(Exception exception, Func<Exception, string?> property, IReadOnlyList<string> secrets)
    {
        string? text;
        try
        {
            text = property(exception);
        }
        catch (Exception unreadable)
        {
            // an exception's members are the user's code and may throw in their turn
            text = $"(unreadable: {unreadable.GetType().Name})";
        }

        if (text is null)
            return null;

        text = Redaction.Scrub(text, secrets);
        return text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength - 1), "…");
    }
}
