namespace ActorP2P.Hocon;

/// <summary>A place in a text, kept for what may turn out to be wrong only later.</summary>
internal readonly record struct HoconPosition(HoconSource Source, int Offset)
{
    public HoconException Error(string what) => new($"{what} {Source.Describe(Offset)}.");
}
