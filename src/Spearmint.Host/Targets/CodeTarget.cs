using Spearmint.Domain;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Targets;

/// <summary>A function in C#.</summary>
internal sealed class CodeTarget(CodeFunction function) : ITarget
{
    public Task<object?> RunAsync(ExperimentInput input, BranchContext context) => function.Call(input.Bytes, context);
}
