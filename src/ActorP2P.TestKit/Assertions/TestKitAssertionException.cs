namespace ActorP2P.TestKit;

/// <summary>Something was not as a test expects. Of the kit's own, so that it works with every test framework.</summary>
public class TestKitAssertionException : Exception
{
    /// <summary>Makes one.</summary>
    public TestKitAssertionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
