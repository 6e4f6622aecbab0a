namespace ActorP2P.Simulation;

/// <summary>An entry of the timeline.</summary>
/// <param name="At">Its virtual time.</param>
/// <param name="Name">Its key in the file.</param>
/// <param name="Text">What happens.</param>
public sealed record RecordedFault(TimeSpan At, string Name, string Text);
