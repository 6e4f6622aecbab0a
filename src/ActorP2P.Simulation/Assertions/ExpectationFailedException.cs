namespace ActorP2P.Simulation;

/// <summary>Something was not as a test expects. Of the kit's own, so that it works with every test framework.</summary>
public class ExpectationFailedException : Exception
{
    /// <summary>Makes one.</summary>
    public ExpectationFailedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
