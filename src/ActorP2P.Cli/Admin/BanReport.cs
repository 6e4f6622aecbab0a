namespace ActorP2P.Cli.Admin;

/// <summary>A ban of a node.</summary>
/// <param name="Target">Whom it concerns: an id, a network or a name.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Origin"><c>Program</c>, which these commands are too, or <c>Penalty</c>.</param>
/// <param name="Reason">Why.</param>
internal sealed record BanReport(string Target, DateTimeOffset Until, string Origin, string Reason)
{
    public static BanReport Of(Ban ban) => new($"{ban.Target}", ban.Until, $"{ban.Origin}", ban.Reason);
}
