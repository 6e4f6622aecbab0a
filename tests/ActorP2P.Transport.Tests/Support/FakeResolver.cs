using System.Net;

namespace ActorP2P.Transport.Tests;

/// <summary>Knows what the test says: the same addresses for every name, an exception, or nothing for ever.</summary>
internal sealed class FakeResolver(Func<Task<IReadOnlyList<IPAddress>>> answer) : INameResolver
{
    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    public static FakeResolver Of(params string[] addresses) =>
        new(() => Task.FromResult<IReadOnlyList<IPAddress>>([.. addresses.Select(IPAddress.Parse)]));

    public static FakeResolver Silent() => new(() => new TaskCompletionSource<IReadOnlyList<IPAddress>>().Task);

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Asked++;
        return answer();
    }
}
