using System.Net;

namespace ActorP2P.Transport.Tests;

/// <summary>
/// A resolver that answers as the test says: the same addresses for every name, an exception, or nothing at all.
/// </summary>
internal sealed class FakeResolver(Func<Task<IReadOnlyList<IPAddress>>> answer) : INameResolver
{
    /// <summary>The number of calls.</summary>
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
