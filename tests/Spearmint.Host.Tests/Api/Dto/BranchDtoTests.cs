using System.Text.Json;
using Spearmint.Domain;
using Spearmint.Host.Support;
using Spearmint.Sinks;

namespace Spearmint.Host.Api.Dto;

public sealed class BranchDtoTests
{
    [Fact]
    public void A_branch_is_written_in_the_documented_shape()
    {
        var branch = Some.Branch().Succeed(new { OutputBytes = 7 }, TimeSpan.FromTicks(12_345_678));

        var json = Json(BranchDto.From(branch));

        Assert.Equal(
            $$"""
            {"runId":"{{branch.RunId}}","branchId":"{{branch.BranchId}}","experiment":"compress-all","strategy":"multi_branch","configId":"{{branch.Config.Id}}","config":{"codec":"gzip","level":"fastest"},"role":"primary","status":"success","startedAt":"2026-03-01T12:00:00Z","durationMs":1234.568,"output":{"outputBytes":7},"error":null,"skipReason":null,"metrics":{},"settingsVersion":0,"traceId":null,"parentRunId":null,"parentBranchId":null,"context":{},"comparison":null}
            """,
            json);
    }

    [Fact]
    public void A_record_is_written_in_the_shape_of_its_branch()
    {
        var pending = Some.Branch(BranchRole.Shadow);
        var ended = pending.Succeed(null, TimeSpan.FromMilliseconds(3));

        Assert.Equal(Json(BranchDto.From(ended)), Json(BranchDto.From(Some.Record(pending, ended))));
    }

    [Fact]
    public void A_pending_branch_has_no_duration_and_no_output()
    {
        var dto = BranchDto.From(Some.Record(Some.Branch()));

        Assert.Equal((BranchStatus.Pending, (double?)null, (JsonElement?)null), (dto.Status, dto.DurationMs, dto.Output));
    }

    [Fact]
    public void Secrets_of_the_config_are_blotted_out_everywhere()
    {
        var config = Config.From(new { apiKey = "sk-very-secret", codec = "gzip" });
        var pending = Some.Branch(config: config);
        var failed = pending.Fail(new InvalidOperationException("refused sk-very-secret", new FormatException("sk-very-secret")), TimeSpan.Zero);

        Assert.DoesNotContain("sk-very", Json(BranchDto.From(failed)), StringComparison.Ordinal);
        Assert.DoesNotContain("sk-very", Json(BranchDto.From(Some.Record(pending, failed), withStack: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_has_its_type_its_message_and_the_inner_chain_and_a_stack_only_on_request()
    {
        var pending = Some.Branch();
        var record = Some.Record(pending, pending.Fail(Thrown(), TimeSpan.Zero));

        var error = BranchDto.From(record).Error!;
        Assert.Equal(("System.InvalidOperationException", "outer", null), (error.Type, error.Message, error.StackTrace));
        Assert.Equal(("System.FormatException", "inner"), (error.Inner!.Type, error.Inner.Message));
        Assert.Contains(nameof(Thrown), BranchDto.From(record, withStack: true).Error!.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_cannot_be_written_as_JSON_leaves_the_branch_a_success()
    {
        var dto = BranchDto.From(Some.Branch().Succeed(new Unwritable(), TimeSpan.Zero));

        Assert.Equal(BranchStatus.Success, dto.Status);
        Assert.Contains("Unwritable cannot be written as JSON", dto.Output!.Value.GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_skipped_branch_says_why() => Assert.Equal("too many", BranchDto.From(Some.Branch().Skip("too many")).SkipReason);

    private static string Json(BranchDto dto) => JsonSerializer.Serialize(dto, ApiJson.Options);

    private static Exception Thrown()
    {
        try
        {
            throw new InvalidOperationException("outer", new FormatException("inner"));
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }

    private sealed class Unwritable
    {
        public string Value => throw new InvalidOperationException();
    }
}
