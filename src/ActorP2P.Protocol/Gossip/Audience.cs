namespace ActorP2P.Protocol;

/// <summary>
/// The links that should be sent one broadcast. The broadcast is looked up once and then tested for each link.
/// </summary>
internal readonly struct Audience
{
    private readonly Sighting? _sighting;

    internal Audience(Sighting? sighting) => _sighting = sighting;

    /// <summary>Whether <paramref name="link"/> should be sent the broadcast: not if it came from there.</summary>
    public bool Includes(long link) => _sighting?.IsKnownBy(link) != true;
}
