using System.Runtime.ExceptionServices;

namespace ActorP2P.Determinism;

/// <summary>A step that has thrown.</summary>
/// <param name="Step">The step.</param>
/// <param name="Cause">What it has thrown.</param>
internal sealed record StepFailure(StepKey Step, ExceptionDispatchInfo Cause);
