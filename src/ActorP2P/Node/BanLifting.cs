namespace ActorP2P;

/// <summary>What the manager answers to the order to lift a ban.</summary>
/// <param name="WasBanned">Whether there was a ban that was not over.</param>
/// <param name="Stored">Completes when the store knows that it is lifted.</param>
internal sealed record BanLifting(bool WasBanned, Task Stored);
