namespace ActorP2P.Determinism;

/// <summary>Which claim it is.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Name">Its name.</param>
internal readonly record struct ClaimKey(ClaimKind Kind, string Name);
