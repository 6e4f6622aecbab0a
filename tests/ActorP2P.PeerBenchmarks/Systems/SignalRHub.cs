using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.SignalR;

namespace ActorP2P.PeerBenchmarks;

/// <summary>The SignalR hub: counts, and answers.</summary>
internal sealed class SignalRHub(Arrivals arrivals, SignalRJoined joined) : Hub
{
    public void Push(byte[] payload) => arrivals.Take(payload);

    [SuppressMessage("Performance", "CA1822", Justification = "SignalR calls methods of instances only.")]
    public byte[] Ask(byte[] payload) => payload;

    public override Task OnConnectedAsync()
    {
        joined.Counter.Add(1);
        return Task.CompletedTask;
    }
}
