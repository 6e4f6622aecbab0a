namespace EmbeddedHost;

/// <summary>The games of this host: a service like any other.</summary>
internal sealed class Games
{
    private int _moves;

    /// <summary>Plays a move.</summary>
    public Position Play(Move move) => new($"after {move.Text}", Interlocked.Increment(ref _moves));
}
