using Xunit.Abstractions;

namespace ActorP2P.Actors.Tests.Conformance;

public sealed class AskRows(ITestOutputHelper output) : ConformanceTest(output)
{
    [Row("ask-ok")]
    public async Task ask_ok() => Row("yes", await Answerer().Ask<string>("yes", Patience));

    [Row("ask-silent")]
    public async Task ask_silent()
    {
        IActorRef silent = Sys.ActorOf(Props.Create(() => new Silent()));
        Exception? thrown = await Record.ExceptionAsync(
            () => silent.Ask<string>("?", TimeSpan.FromMilliseconds(150)));
        Row("AskTimeoutException: Timeout after 0.15 seconds", $"{thrown!.GetType().Name}: {thrown.Message}");
    }

    [Row("ask-fail")]
    public async Task ask_fail()
    {
        Exception? thrown = await Record.ExceptionAsync(
            () => Answerer().Ask<string>(new Status.Failure(new Boom("nope")), Patience));
        Row("Boom: nope", $"{thrown!.GetType().Name}: {thrown.Message}");
    }

    [Row("ask-wrong")]
    public async Task ask_wrong()
    {
        Exception? thrown = await Record.ExceptionAsync(() => Answerer().Ask<string>(1L, Patience));
        Row(
            "ArgumentException: Received message of type [System.Int64] - Ask expected message of type [System.String]",
            $"{thrown!.GetType().Name}: {thrown.Message}");
    }

    [Row("ask-cancel")]
    public async Task ask_cancel()
    {
        IActorRef silent = Sys.ActorOf(Props.Create(() => new Silent()));
        using var cancel = new CancellationTokenSource();
        Task<string> asked = silent.Ask<string>("?", cancel.Token);
        await cancel.CancelAsync();
        Exception? thrown = await Record.ExceptionAsync(() => asked);
        Row("TaskCanceledException", thrown!.GetType().Name);
    }

    [Row("ask-object-failure")]
    public async Task ask_object_failure()
    {
        object reply = await Answerer().Ask<object>(new Status.Failure(new Boom("x")), Patience);
        Row("value Failure", $"value {reply.GetType().Name}");
    }

    [Row("ask-stopped-target")]
    public async Task ask_stopped_target()
    {
        IActorRef actor = Answerer();
        await actor.GracefulStop(Patience);
        Exception? thrown = await Record.ExceptionAsync(
            () => actor.Ask<string>("?", TimeSpan.FromMilliseconds(100)));
        Row("AskTimeoutException", thrown!.GetType().Name);
    }

    [Row("pipeto-ok")]
    public async Task pipeto_ok()
    {
        await Task.FromResult(7).PipeTo(Reporter());
        Row("7", await Said.Next());
    }

    [Row("pipeto-fail")]
    public async Task pipeto_fail()
    {
        await Task.FromException<int>(new Boom("b")).PipeTo(Reporter());
        Row("Boom", await Said.Next());
    }

    [Row("pipeto-mapped")]
    public async Task pipeto_mapped()
    {
        await Task.FromException<int>(new Boom("b")).PipeTo(
            Reporter(), failure: cause => $"mapped {cause.GetType().Name}");
        Row("mapped Boom", await Said.Next());
    }

    [Row("scheduler-cancel")]
    public async Task scheduler_cancel()
    {
        IActorRef reporter = Reporter();
        ICancelable first = Sys.Scheduler.ScheduleTellOnceCancelable(
            TimeSpan.FromMilliseconds(20), reporter, "first", ActorRefs.NoSender);
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(60), reporter, "second", ActorRefs.NoSender);
        first.Cancel();
        Row("second", await Said.Next());
    }

    private IActorRef Answerer() => Sys.ActorOf(Props.Create(() => new Echo()));

    private IActorRef Reporter()
    {
        Recorder said = Said;
        Action<object> tell = message => said.Add(
            message is Status.Failure failure ? failure.Cause!.GetType().Name : $"{message}");
        return Sys.ActorOf(Props.Create(() => new Scribe(tell)));
    }
}
