namespace ActorP2P.Actors;

internal sealed class HoconText(string text) : HoconValue
{
    public string Text { get; } = text;
}
