using Akka.Actor;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Protocol;

namespace Spearmint.Chaos;

/// <summary>Makes one call after the other and looks at each answer.</summary>
internal sealed class Caller(SpearmintClient client, Function function, CallMaker calls, AnswerCheck answers, FailureCheck failures, Findings findings, Random random)
{
    private readonly ExperimentFunction _function = ExperimentFunction.From<Job, object?>(function.CallAsync);

    public async Task CallAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            using var call = calls.Make();
            await MakeAsync(call);
            if (random.Next(4) == 0)
                await Task.Delay(random.Next(1, 10), CancellationToken.None);
        }
    }

    private async Task MakeAsync(Call call)
    {
        call.Subject.Make();
        call.Start();
        try
        {
            var answer = await SendAsync(call);
            End(call);
            answers.Check(call, answer);
            if (answer is ExperimentResult<object?> result && call.Subject.HasShadows && random.Next(10) == 0)
                await GatherAsync(call, result.RunId);
        }
        catch (Exception e)
        {
            // whatever a run answers with is looked at
            End(call);
            failures.Check(call, e);
        }
    }

    private async Task GatherAsync(Call call, Guid runId)
    {
        try
        {
            answers.CheckShadows(call, await call.Subject.Experiment!.GatherShadowsAsync(runId));
        }
        catch (RunNotFoundException)
        {
            // so many other runs have ended since that this one is forgotten
        }
        catch (UnansweredException e)
        {
            findings.Add("shadows were not gathered", $"{call}: {e.Message}");
        }
    }

    private static void End(Call call)
    {
        var elapsed = call.Elapsed;
        call.Subject.Took(elapsed, elapsed - call.Due);
        if (!call.Token.IsCancellationRequested && call.Way != Way.StreamLeftEarly)
            call.Subject.End();
    }

    private async Task<object?> SendAsync(Call call)
    {
        var experiment = call.Subject.Experiment!;
        return call.Way switch
        {
            Way.Output or Way.NoConfigs when !call.Subject.AnswersWithAll => await experiment.RunAsync(call.Job, call.Options, call.Token),
            Way.Container or Way.NoConfigs => await experiment.RunAllAsync(call.Job, call.Options, call.Token),
            Way.WrongShape when call.Subject.AnswersWithAll => await experiment.RunAsync(call.Job, call.Options, call.Token),
            Way.WrongShape => await experiment.RunAllAsync(call.Job, call.Options, call.Token),
            Way.Detailed => await experiment.RunDetailedAsync(call.Job, call.Options, call.Token),
            Way.Stream or Way.StreamLeftEarly => await StreamAsync(call, experiment),
            Way.Message => await client.RunAsync(Message(call)),
            Way.Ask => await client.Root.Ask<ExperimentResult>(Message(call), AnswerCheck.Bound),
            _ => throw new InvalidOperationException($"There is no way to call {call}."),
        };
    }

    private static async Task<List<Branch<object?>>> StreamAsync(Call call, Experiment<Job, object?> experiment)
    {
        var branches = new List<Branch<object?>>();
        await foreach (var branch in experiment.StreamAsync(call.Job, call.Options, call.Token))
        {
            branches.Add(branch);
            if (call.Way == Way.StreamLeftEarly)
                break;
        }

        return branches;
    }

    private RunExperiment Message(Call call) => new(_function, call.Options.Configs ?? Variants.Sets[0], call.Job)
    {
        StrategyName = call.Subject.Name,
        ExperimentName = call.Subject.Name,
        RunId = call.Options.RunId,
        Deadline = call.Options.Deadline,
        ShadowDeadline = call.Options.ShadowDeadline,
        Sink = call.Options.Sink,
        CancellationToken = call.Token,
    };
}
