namespace ActorP2P.Hocon;

/// <summary>
/// The bounds of one load besides the length of its text. A few lines of substitutions can stand for
/// more than any memory holds, or for chains that take almost endless time. Both are stopped here.
/// </summary>
internal sealed class HoconBudget
{
    // Sixteen million characters and items inserted by substitutions, and as many steps as the longest text
    // has characters: far more than any configuration that people write, and still a matter of seconds.
    private const int MostGrowth = 16 * 1024 * 1024;
    private const int MostSteps = 64 * 1024 * 1024;

    private int _growth = MostGrowth;
    private int _steps = MostSteps;

    /// <summary>Counts characters or items that are copied.</summary>
    /// <exception cref="HoconException">There are too many.</exception>
    public void Grow(int by)
    {
        if ((_growth -= by) < 0)
        {
            throw new HoconException(
                $"The configuration grows past {MostGrowth} characters and items by its substitutions and merges.");
        }
    }

    /// <summary>Counts steps of work.</summary>
    /// <exception cref="HoconException">There are too many.</exception>
    public void Step(int count = 1)
    {
        if ((_steps -= count) < 0)
        {
            throw new HoconException($"The substitutions of the configuration take more than {MostSteps} steps.");
        }
    }
}
