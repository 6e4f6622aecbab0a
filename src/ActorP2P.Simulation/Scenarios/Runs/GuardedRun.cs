using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace ActorP2P.Simulation;

/// <summary>
/// Makes a run on a thread of its own, while the caller's thread reports its progress and notices a step that never
/// ends.
/// </summary>
internal sealed class GuardedRun(Scenario scenario, ulong seed, RunOptions options)
{
    // A step of a simulation takes microseconds, but code of the user's own may nest calls deeply.
    private const int StackBytes = 16 << 20;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500);

    private readonly ScenarioRun _run = new(scenario, seed, options);
    private readonly TimeProvider _clock = TimeProvider.System;
    private ScenarioResult? _result;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Whether the run has failed because another part of the world was lost.</summary>
    public bool HasLostPart => _run.HasLostPart;

    /// <summary>Whether the run has failed because another part of the world has told it to.</summary>
    public bool WasTold => _run.WasTold;

    public ScenarioResult Run(IProgress<ScenarioProgress>? progress, CancellationToken cancellationToken)
    {
        Thread thread = new(Work, StackBytes) { IsBackground = true, Name = $"{scenario.Name}, seed {seed}" };
        using CancellationTokenRegistration registration = cancellationToken.Register(_run.Interrupt);
        long begin = _clock.GetTimestamp();
        TimeSpan still = TimeSpan.Zero;
        long steps = -1;
        thread.Start();
        while (!thread.Join(s_look))
        {
            ScenarioProgress now = _run.ProgressAt(_clock.GetElapsedTime(begin));
            progress?.Report(now);
            if (now.Steps != steps || _run.IsWaiting)
            {
                steps = now.Steps;
                still = TimeSpan.Zero;
            }
            else if ((still += s_look) >= scenario.LongestStep && !Debugger.IsAttached)
            {
                // Looks count, not the time: a process that was stopped and woken has had no time for a step.
                return _run.Blocked();
            }
        }

        _failure?.Throw();
        return _result!;
    }

    [SuppressMessage("Design", "CA1031", Justification = "The caller's thread throws it again.")]
    private void Work()
    {
        try
        {
            _result = _run.Run();
        }
        catch (Exception failure)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
        }
    }
}
