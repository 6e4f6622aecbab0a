namespace ActorP2P;

/// <content>What actors tell a node's manager about bans, and what it answers.</content>
public sealed partial class P2P
{
    /// <summary>
    /// Bans a node, an address, a network or a name, as <see cref="NodeBans.BanAsync"/> does. The answer is
    /// <see cref="Banned"/>.
    /// </summary>
    /// <param name="Target">Whom to ban.</param>
    /// <param name="Duration">How long, from now on.</param>
    /// <param name="Reason">Why, for people.</param>
    public sealed record Ban(BanTarget Target, TimeSpan Duration, string Reason = "") : Command
    {
        internal override async Task<object> RunAsync(P2PNode node) =>
            new Banned(await node.BanAsync(Target, Duration, Reason));
    }

    /// <summary>The ban holds, and the node's store has it if there is one.</summary>
    /// <param name="Ban">The ban.</param>
    public sealed record Banned(ActorP2P.Ban Ban);

    /// <summary>
    /// Lifts a ban, as <see cref="NodeBans.LiftBanAsync"/> does. The answer is <see cref="Unbanned"/>.
    /// </summary>
    /// <param name="Target">Whom the ban concerns.</param>
    public sealed record Unban(BanTarget Target) : Command
    {
        internal override async Task<object> RunAsync(P2PNode node) =>
            new Unbanned(Target, await node.LiftBanAsync(Target));
    }

    /// <summary>There is no ban of the target now.</summary>
    /// <param name="Target">Whom the ban concerned.</param>
    /// <param name="WasBanned">Whether there was one.</param>
    public sealed record Unbanned(BanTarget Target, bool WasBanned);

    /// <summary>Asks who is banned. The answer is <see cref="CurrentBans"/>.</summary>
    public sealed record GetBans : Command
    {
        private GetBans()
        {
        }

        /// <summary>The only instance.</summary>
        public static GetBans Instance { get; } = new();

        internal override Task<object> RunAsync(P2PNode node) => Task.FromResult<object>(new CurrentBans(node.Bans));
    }

    /// <summary>The bans, a snapshot.</summary>
    /// <param name="Bans">The bans, the next to end first.</param>
    public sealed record CurrentBans(IReadOnlyList<ActorP2P.Ban> Bans);
}
