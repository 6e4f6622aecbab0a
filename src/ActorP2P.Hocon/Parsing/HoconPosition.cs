namespace ActorP2P.Hocon;

/// <summary>A position in a text, kept for errors that are found later.</summary>
internal readonly record struct HoconPosition(HoconSource Source, int Offset)
{
    public HoconException Error(string what) => new($"{what} {Source.Describe(Offset)}.");
}
