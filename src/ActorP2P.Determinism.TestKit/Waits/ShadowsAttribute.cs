namespace ActorP2P.Determinism.TestKit;

/// <summary>Makes the generator add a new member to this class for each member of Akka's kit that waits.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ShadowsAttribute : Attribute;
