using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Actors.Tests.Conformance;

[SuppressMessage("Naming", "CA1710", Justification = "The record prints this name.")]
public sealed class Boom(string message) : Exception(message)
{
    public override string ToString() => $"Boom: {Message}";
}
