namespace ActorP2P.Determinism;

/// <summary>
/// The calls from a simulated program to the runtime that are moved into virtual time. Without a redirect such a
/// call is a leak, which fails the run. Nothing changes for the rest of the process, except where stated below.
/// </summary>
[Flags]
public enum SimulationRedirects
{
    /// <summary>No redirect: everything that leaves the simulation fails the run.</summary>
    None = 0,

    /// <summary>
    /// Timers of the runtime: <c>Task.Delay</c>, <c>CancelAfter</c>, <c>WaitAsync</c>, and with them an <c>Ask</c> with
    /// a finite timeout and <c>GracefulStop</c>.
    /// </summary>
    Timers = 1,

    /// <summary>
    /// The work that tasks give to the thread pool: <c>Task.Run</c>, <c>ContinueWith</c>, and continuations of an await
    /// with <c>ConfigureAwait(false)</c>, such as Akka's <c>PipeTo</c>. Work that is given to the pool directly remains
    /// a leak.
    /// </summary>
    Tasks = 2,

    /// <summary>
    /// <c>Task.Wait</c> and <c>Task.Result</c> inside an actor: the world runs until the task has ended.
    /// </summary>
    Waits = 4,

    /// <summary>All redirects.</summary>
    All = Timers | Tasks | Waits,
}
