using System.Text.Json;

namespace Spearmint.Host.Api.Dto;

/// <summary>Two configs of an experiment beside each other.</summary>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="From">Where the time begins, UTC.</param>
/// <param name="To">Where it ends, itself not included.</param>
/// <param name="ConfigDifferences">Where their values differ, secrets blotted out.</param>
/// <param name="One">The one, which the other is measured by.</param>
/// <param name="Other">The other.</param>
/// <param name="PairedRuns">The newest runs in which both have run, 2500 at most: where there are enough, differences are taken within them.</param>
/// <param name="Measures">What differs: durations, error rates, and every metric that both report.</param>
internal sealed record CompareDto(
    string Experiment, DateTime From, DateTime To, IReadOnlyList<ConfigDifferenceDto> ConfigDifferences, ComparedConfigDto One, ComparedConfigDto Other, int PairedRuns,
    IReadOnlyList<MeasureDto> Measures);

/// <summary>One of two configs.</summary>
/// <param name="ConfigId">Its id.</param>
/// <param name="Values">Its values, secrets blotted out.</param>
/// <param name="Figures">What is counted of it.</param>
internal sealed record ComparedConfigDto(string ConfigId, JsonElement Values, ConfigFiguresDto Figures);

/// <summary>A place where two configs differ.</summary>
/// <param name="Path">Where, from <c>$</c>.</param>
/// <param name="One">The value in the one; null where it has none there.</param>
/// <param name="Other">The value in the other; null where it has none there.</param>
internal sealed record ConfigDifferenceDto(string Path, JsonElement? One, JsonElement? Other);

/// <summary>How far two configs are apart in one figure.</summary>
/// <param name="Name"><c>durationMs</c>, <c>errorRate</c>, or the name of a metric.</param>
/// <param name="Kind"><c>duration</c> (milliseconds), <c>rate</c> (from 0 to 1) or <c>metric</c>.</param>
/// <param name="One">The figure of the one, in the pairs where the method is paired; null where there is none.</param>
/// <param name="Other">The figure of the other, likewise.</param>
/// <param name="Method"><c>paired</c> (differences within runs), <c>independent</c>, or <c>none</c> where there are too few.</param>
/// <param name="Count">How many pairs, or how many branches of the config that has fewer.</param>
/// <param name="Difference">The other's figure less the one's; null where there are too few.</param>
/// <param name="Low">The lower bound of its 95 % interval; null where there are too few.</param>
/// <param name="High">The upper bound; null where there are too few.</param>
/// <param name="IsSeen">Whether zero is outside of the interval.</param>
/// <param name="Text">The same in words, such as <c>slower by 3.1 ms (1.2 to 5)</c>, <c>no difference seen (-1.2 to 0.4 ms)</c> or <c>too few: ...</c>.</param>
internal sealed record MeasureDto(
    string Name, string Kind, double? One, double? Other, string Method, long Count, double? Difference, double? Low, double? High, bool IsSeen, string Text);
