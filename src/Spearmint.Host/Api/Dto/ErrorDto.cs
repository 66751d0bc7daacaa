using Spearmint.Domain;

namespace Spearmint.Host.Api.Dto;

/// <summary>What a branch failed with, secrets blotted out.</summary>
/// <param name="Type">The full name of the exception's type.</param>
/// <param name="Message">Its message.</param>
/// <param name="StackTrace">Its stack, where one run is looked at; null everywhere else.</param>
/// <param name="Inner">The exception inside it.</param>
internal sealed record ErrorDto(string Type, string Message, string? StackTrace, ErrorDto? Inner)
{
    public static ErrorDto? From(BranchError? error, bool withStack) => error is null
        ? null
        : new ErrorDto(error.Type, error.Message, withStack ? error.StackTrace : null, From(error.Inner, withStack));
}
