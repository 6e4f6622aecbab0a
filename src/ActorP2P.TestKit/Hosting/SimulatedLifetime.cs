using Microsoft.Extensions.Hosting;

namespace ActorP2P.TestKit;

/// <summary>The lifetime of a simulated host, which only its program starts and stops.</summary>
internal sealed class SimulatedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
