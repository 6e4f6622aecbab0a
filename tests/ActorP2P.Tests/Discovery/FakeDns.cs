namespace ActorP2P.Tests.Discovery;

/// <summary>Answers each look-up as a test says.</summary>
internal sealed class FakeDns(Func<PeerAddress, Task<DnsFindings>> answer) : IDnsSource
{
    public int Asked { get; private set; }

    public Task<DnsFindings> FindAsync(PeerAddress name, CancellationToken cancellationToken)
    {
        Asked++;
        return answer(name);
    }
}
