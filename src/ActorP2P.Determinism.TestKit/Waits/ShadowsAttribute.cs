namespace ActorP2P.Determinism.TestKit;

/// <summary>The generator writes a new member into this class for each member of Akka's kit that waits.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ShadowsAttribute : Attribute;
