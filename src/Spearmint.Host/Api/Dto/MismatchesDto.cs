using Spearmint.Domain;
using Spearmint.Host.Storage;
using Spearmint.Sinks;
using Spearmint.Statistics;

namespace Spearmint.Host.Api.Dto;

/// <summary>Where the outputs of an experiment's configs differ.</summary>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="From">Where the time begins, UTC.</param>
/// <param name="To">Where it ends, itself not included.</param>
/// <param name="Pairs">One for each config that was compared with another.</param>
/// <param name="Samples">The newest mismatches.</param>
internal sealed record MismatchesDto(string Experiment, DateTime From, DateTime To, IReadOnlyList<MismatchPairDto> Pairs, IReadOnlyList<MismatchSampleDto> Samples)
{
    public static MismatchesDto Of(string experiment, TimeRange range, IReadOnlyList<PairBucket> pairs, IReadOnlyList<BranchRecord> samples) => new(
        experiment, range.From.UtcDateTime, range.To.UtcDateTime,
        [.. pairs.Where(pair => !pair.IsNoise).Select(pair => MismatchPairDto.From(pair, pairs.FirstOrDefault(noise => noise.IsNoise && noise.ConfigId == pair.ReferenceConfigId)))],
        [.. samples.Select(MismatchSampleDto.From)]);
}

/// <summary>What came of comparing one config with another.</summary>
/// <param name="ReferenceConfigId">The config that the other is measured by.</param>
/// <param name="ConfigId">The other.</param>
/// <param name="Match">Pairs that are equal.</param>
/// <param name="Mismatch">Pairs that differ.</param>
/// <param name="Ignored">Pairs that differ in nothing but what a rule ignores.</param>
/// <param name="Error">Pairs that could not be compared.</param>
/// <param name="MismatchRate">Pairs that differ, of those that are equal, differ or are ignored.</param>
/// <param name="Noise">The same of the reference compared with itself; of 0 where noise is not measured.</param>
/// <param name="Paths">Where they differ: what is real first, then by how often.</param>
internal sealed record MismatchPairDto(
    string ReferenceConfigId, string ConfigId, long Match, long Mismatch, long Ignored, long Error, RateDto MismatchRate, RateDto Noise,
    IReadOnlyList<MismatchPathDto> Paths)
{
    public static MismatchPairDto From(PairBucket pair, PairBucket? noise)
    {
        var (compared, comparedNoise) = (ComparedOf(pair), noise is null ? 0 : ComparedOf(noise));
        return new MismatchPairDto(
            pair.ReferenceConfigId, pair.ConfigId, pair.Match, pair.Mismatch, pair.Ignored, pair.Error,
            RateDto.From(new Proportion(pair.Mismatch, compared)), RateDto.From(new Proportion(noise?.Mismatch ?? 0, comparedNoise)),
            [.. pair.Paths.Select(Path).OrderByDescending(path => path.IsReal).ThenByDescending(path => path.Rate.Count).ThenBy(path => path.Path, StringComparer.Ordinal)]);

        MismatchPathDto Path(KeyValuePair<string, long> path)
        {
            var rate = new Proportion(path.Value, compared);
            var byChance = new Proportion(noise?.Paths.GetValueOrDefault(path.Key) ?? 0, comparedNoise);
            var isReal = NoiseRule.Default.IsReal(rate.Rate, byChance.Rate);
            return new MismatchPathDto(path.Key, RateDto.From(rate), RateDto.From(byChance), isReal, Said(isReal, comparedNoise));
        }
    }

    private static long ComparedOf(PairBucket pair) => pair.Match + pair.Mismatch + pair.Ignored;

    private static string Said(bool isReal, long comparedNoise) => (isReal, comparedNoise) switch
    {
        (true, 0) => "differs; noise is not measured",
        (true, _) => "differs more often than by chance",
        _ => "differs no more often than by chance",
    };
}

/// <summary>One place where two configs differ.</summary>
/// <param name="Path">The place, indexes as <c>*</c>.</param>
/// <param name="Rate">Pairs that differ there, of all that were compared.</param>
/// <param name="Noise">The same of the reference compared with itself.</param>
/// <param name="IsReal">Whether it is more than noise, by the rule of Diffy.</param>
/// <param name="Text">The same in words.</param>
internal sealed record MismatchPathDto(string Path, RateDto Rate, RateDto Noise, bool IsReal, string Text);

/// <summary>One mismatch.</summary>
/// <param name="RunId">The run of both branches.</param>
/// <param name="BranchId">The compared branch.</param>
/// <param name="ReferenceBranchId">The branch that it is measured by.</param>
/// <param name="ConfigId">The config of the compared branch.</param>
/// <param name="ReferenceConfigId">The config of the other.</param>
/// <param name="Role">Shadow, candidate or noise.</param>
/// <param name="StartedAt">When the compared branch started, UTC.</param>
/// <param name="DifferenceCount">At how many places the two differ.</param>
/// <param name="Differences">The first ten of them.</param>
internal sealed record MismatchSampleDto(
    Guid RunId, Guid BranchId, Guid ReferenceBranchId, string ConfigId, string ReferenceConfigId, BranchRole Role, DateTime StartedAt, int DifferenceCount,
    IReadOnlyList<Difference> Differences)
{
    private const int Most = 10;

    public static MismatchSampleDto From(BranchRecord record) => new(
        record.RunId, record.BranchId, record.Comparison!.ReferenceBranchId, record.ConfigId, record.Comparison.ReferenceConfigId, record.Role,
        record.StartedAt.UtcDateTime, record.Comparison.DifferenceCount, [.. record.Comparison.Differences.Take(Most)]);
}
