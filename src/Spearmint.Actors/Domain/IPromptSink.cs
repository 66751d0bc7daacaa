namespace Spearmint.Domain;

/// <summary>A sink of this library that gives its thread back at once: its writer may call it on its own.</summary>
internal interface IPromptSink : IBranchSink;
