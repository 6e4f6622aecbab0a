using System.Runtime.CompilerServices;
using Xunit.Abstractions;

namespace ActorP2P.Actors.Tests.Conformance;

/// <summary>A system per test, a recorder, and one line per row in the output.</summary>
public abstract class ConformanceTest : IAsyncLifetime
{
    private readonly ITestOutputHelper _output;

    protected ConformanceTest(ITestOutputHelper output) => _output = output;

    protected ActorSystem Sys { get; } = ActorSystem.Create("probe");

    protected Recorder Said { get; } = new();

    protected static TimeSpan Patience => TimeSpan.FromSeconds(20);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Sys.Terminate();

    protected void Row(string expected, string actual, [CallerMemberName] string row = "")
    {
        _output.WriteLine($"{row.Replace('_', '-')} | {actual}");
        Console.WriteLine($"row {row.Replace('_', '-')} | {actual}");
        Assert.Equal(expected, actual);
    }

    /// <summary>What is published on the event stream, told to the recorder in a test's own words.</summary>
    protected async Task Listen<T>(Func<T, string> words)
    {
        Recorder said = Said;
        Action<object> tell = message => said.Add(words((T)message));
        IActorRef listener = Sys.ActorOf(Props.Create(() => new Scribe(tell)));
        await listener.Ask<ActorIdentity>(new Identify(0), Patience);
        Sys.EventStream.Subscribe(listener, typeof(T));
    }

    /// <summary>Reports the end of an actor.</summary>
    protected async Task<string> EndOf(IActorRef actor)
    {
        using var inbox = Inbox.Create(Sys);
        inbox.Watch(actor);
        object received = await inbox.ReceiveAsync(Patience);
        return received is Terminated ? "Terminated" : received.ToString()!;
    }
}
