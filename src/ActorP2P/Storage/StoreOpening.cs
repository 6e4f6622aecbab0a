using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>Opens the store of a node that starts.</summary>
internal static class StoreOpening
{
    /// <summary>Takes the store of the host, or opens the one that the settings name.</summary>
    /// <returns>Null when the node has no store.</returns>
    /// <exception cref="ArgumentException">The settings name a directory, and nothing can open it.</exception>
    /// <exception cref="PeerStoreException">The store cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<StoreWriter?> OpenAsync(
        NodeContext node, P2PNodeServices services, CancellationToken cancellationToken)
    {
        if (services.Store is { } supplied)
        {
            return new StoreWriter(supplied, isOwn: false, node);
        }

        node.Settings.RequireStore(services.OpenStore is not null);
        if (node.Settings.DataDirectory is not { } directory)
        {
            return null;
        }

        return new StoreWriter(await OpenAsync(services.OpenStore!, directory, cancellationToken), isOwn: true, node);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Every exception of the host's code is a failure to open.")]
    private static async Task<IPeerStore> OpenAsync(
        Func<string, CancellationToken, ValueTask<IPeerStore>> open, string directory,
        CancellationToken cancellationToken)
    {
        try
        {
            return await open(directory, cancellationToken);
        }
        catch (Exception failure) when (failure is not (PeerStoreException or OperationCanceledException))
        {
            throw new PeerStoreException(
                PeerStoreFault.Unavailable, $"the directory {directory} cannot be opened: {failure.Message}", failure);
        }
    }
}
