namespace ActorP2P.Protocol.Tests;

/// <summary>An effect as a test sees it: when, and with a body that stays valid.</summary>
internal sealed record Happening(TimeSpan At, SessionEffect Effect, byte[] Body)
{
    public SessionEffectKind Kind => Effect.Kind;

    public ulong Id => Effect.Header.Id;
}
