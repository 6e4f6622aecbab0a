namespace ActorP2P.Simulation;

/// <summary>
/// An expectation of a test was not met. The kit has its own type, so that it works with every test framework.
/// </summary>
public class ExpectationFailedException : Exception
{
    /// <summary>Makes the exception.</summary>
    public ExpectationFailedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
