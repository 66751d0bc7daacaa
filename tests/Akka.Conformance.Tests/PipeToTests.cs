using Akka.Actor;
using Akka.Conformance.Support;

namespace Akka.Conformance;

public class PipeToTests : ConformanceTest
{
    [Fact]
    public async Task The_result_is_the_message()
    {
        await Task.FromResult("x").PipeTo(TestActor, TestActor);
        await ExpectMsgAsync("x", Patience);
        Assert.Equal(TestActor, LastSender);
        await new ValueTask<string>("y").PipeTo(TestActor);
        await ExpectMsgAsync("y", Patience);
        Assert.Equal(Sys.DeadLetters, LastSender);
    }

    [Fact]
    public async Task Functions_make_other_messages_of_it()
    {
        await Task.FromResult("x").PipeTo(TestActor, success: text => text + "!", failure: exception => exception.Message);
        await ExpectMsgAsync("x!", Patience);
        await Task.FromException<string>(new InvalidOperationException("boom")).PipeTo(TestActor, success: text => text + "!", failure: exception => exception.Message);
        await ExpectMsgAsync("boom", Patience);
    }

    [Fact]
    public async Task A_failure_is_a_status_failure()
    {
        var exception = new InvalidOperationException("boom");
        await Task.FromException<string>(exception).PipeTo(TestActor);
        Assert.Same(exception, (await ExpectMsgAsync<Status.Failure>(Patience)).Cause);
        await Task.FromException(exception).PipeTo(TestActor);
        Assert.Same(exception, (await ExpectMsgAsync<Status.Failure>(Patience)).Cause);
    }

    [Fact]
    public async Task So_is_a_cancellation()
    {
        await Task.FromCanceled<string>(new CancellationToken(true)).PipeTo(TestActor);
        Assert.IsType<TaskCanceledException>((await ExpectMsgAsync<Status.Failure>(Patience)).Cause);
    }

    [Fact]
    public async Task So_is_a_success_function_that_throws()
    {
        await Task.FromResult("x").PipeTo(TestActor, success: _ => throw new InvalidOperationException("boom"));
        Assert.Equal("boom", (await ExpectMsgAsync<Status.Failure>(Patience)).Cause.Message);
    }

    [Fact]
    public async Task A_task_without_a_result_sends_nothing_unless_told_to()
    {
        await Task.CompletedTask.PipeTo(TestActor);
        await Task.CompletedTask.PipeTo(TestActor, success: () => "done");
        await ExpectMsgAsync("done", Patience);
    }
}
