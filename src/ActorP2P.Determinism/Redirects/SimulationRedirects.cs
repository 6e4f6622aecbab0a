namespace ActorP2P.Determinism;

/// <summary>
/// What the code of a simulated program calls of the runtime and is brought into virtual time. Without a redirect the
/// same call is a leak, which fails the run. Nothing changes for the rest of the process, unless it is said below.
/// </summary>
[Flags]
public enum SimulationRedirects
{
    /// <summary>Nothing: whatever leaves the simulation fails the run.</summary>
    None = 0,

    /// <summary>
    /// Timers of the runtime: <c>Task.Delay</c>, <c>CancelAfter</c>, <c>WaitAsync</c>, and with them an <c>Ask</c> with
    /// a finite timeout and <c>GracefulStop</c>.
    /// </summary>
    Timers = 1,

    /// <summary>
    /// What tasks hand to the thread pool: <c>Task.Run</c>, <c>ContinueWith</c>, and what goes on after an await with
    /// <c>ConfigureAwait(false)</c>, such as Akka's <c>PipeTo</c>. Work that is given to the pool directly stays a
    /// leak.
    /// </summary>
    Tasks = 2,

    /// <summary>
    /// <c>Task.Wait</c> and <c>Task.Result</c> inside an actor: the world runs until the task has ended.
    /// </summary>
    Waits = 4,

    /// <summary>All of them.</summary>
    All = Timers | Tasks | Waits,
}
