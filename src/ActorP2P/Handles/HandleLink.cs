using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// What all handles of one address share: the connection, the plan when to dial again, and the messages that wait. Its
/// loop runs on the scheduler of the node's actors, outside of their turns.
/// </summary>
internal sealed class HandleLink : IDisposable
{
    private readonly P2PNode _node;
    private readonly HandleTable _table;
    private readonly Lock _lock = new();
    private readonly DialPlan _plan;
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationToken _closed;
    private TaskCompletionSource<Peer> _connected = NewPromise();
    private PeerHandleState _state = PeerHandleState.Connecting;
    private Peer? _peer;
    private string _closedBy = PeerHandle.ClosedDetail;
    private bool _isOver;

    /// <param name="node">The node.</param>
    /// <param name="address">The address.</param>
    /// <param name="table">The table that has the link.</param>
    /// <param name="random">The jitter of the pauses.</param>
    public HandleLink(P2PNode node, PeerAddress address, HandleTable table, Random random)
    {
        _node = node;
        _table = table;
        Address = address;
        Owners = new HandleOwners(node);
        Messages = new HandleMessages(node.Context, address);
        _plan = new DialPlan(node.Settings.Dial, random);
        _plan.Add(address, node.Context.Now);
        _closed = _closing.Token;
    }

    /// <summary>The address.</summary>
    public PeerAddress Address { get; }

    /// <summary>The handles of the address.</summary>
    public HandleOwners Owners { get; }

    /// <summary>The messages that wait for a connection.</summary>
    public HandleMessages Messages { get; }

    /// <summary>What it is doing.</summary>
    public PeerHandleState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>The connection; null when there is none.</summary>
    public Peer? Peer
    {
        get
        {
            lock (_lock)
            {
                return _state == PeerHandleState.Connected ? _peer : null;
            }
        }
    }

    /// <summary>Adds a handle.</summary>
    public void Join(PeerHandle owner)
    {
        Owners.Add(owner);
        Messages.Wake();
    }

    /// <summary>
    /// Whether the peer of a connection is the node of this address: the address names it, or the connection was
    /// dialled for the address or is used for it.
    /// </summary>
    public bool IsTo(Peer peer, PeerAddress? target) => Address.Id is { } id
        ? peer.Id == id
        : target?.WithoutId == Address || Peer == peer;

    /// <summary>Begins to dial.</summary>
    public void Start()
    {
        foreach (Func<Task> loop in (Func<Task>[])[RunAsync, StopWithNodeAsync])
        {
            _ = Task.Factory.StartNew(
                loop, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _node.Context.Scheduler);
        }
    }

    /// <summary>Completes when there is a connection.</summary>
    public Task<Peer> ConnectedAsync()
    {
        lock (_lock)
        {
            return _connected.Task.ToldHere();
        }
    }

    /// <summary>A handle is closed; the last one closes the connection.</summary>
    public async Task LeaveAsync(PeerHandle owner)
    {
        Owners.Remove(owner);
        _table.NoteHandlers([owner]);
        Messages.CloseOf(owner);
        if (_table.TryRemove(this) && End() is { } peer)
        {
            await _node.LetGoAsync(peer);
        }
    }

    /// <summary>Closes the link if no handle is left.</summary>
    public bool TryClose()
    {
        lock (_lock)
        {
            if (!Owners.IsEmpty || _state == PeerHandleState.Closed)
            {
                return false;
            }

            _state = PeerHandleState.Closed;
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _closing.Dispose();

    private async Task RunAsync()
    {
        while (State != PeerHandleState.Closed)
        {
            if (_plan.NextDue is { } due && due > _node.Context.Now)
            {
                await PauseAsync(due - _node.Context.Now);
                continue;
            }

            _plan.TakeDue(_node.Context.Now);
            if (await TryConnectAsync() is { } peer)
            {
                Exception? fault = await ServeAsync(peer);
                Change(PeerHandleState.Waiting, null, fault);
                if (fault is not null)
                {
                    await _node.DisconnectAsync(peer);
                }

                // What the connection has taken arrives before what the next one takes.
                await EndedAsync(peer);
                if (fault is not null)
                {
                    _plan.Failed(Address, _node.Context.Now);
                }
                else if (peer.IsReplaced)
                {
                    _plan.Again(Address, _node.Context.Now);
                }
                else
                {
                    _plan.Lost(Address, _node.Context.Now);
                }
            }
        }
    }

    private async Task<Peer?> TryConnectAsync()
    {
        Change(PeerHandleState.Connecting, null, null);
        Peer? peer = null;
        Exception? fault;
        try
        {
            peer = await _node.ConnectAsync(Address, _closed);
            fault = await Owners.PrepareAsync(peer, _closed);
        }
        catch (Exception failed) when (failed is ConnectException or OperationCanceledException)
        {
            fault = failed;
        }

        if (fault is null)
        {
            _plan.Connected(Address, _node.Context.Now);
            return peer;
        }

        _plan.Failed(Address, _node.Context.Now);
        Change(PeerHandleState.Waiting, null, fault);
        if (peer is not null)
        {
            await _node.DisconnectAsync(peer);
        }

        return null;
    }

    /// <summary>Sends what waits until the connection ends.</summary>
    /// <returns>Why the connection could not be prepared for a handle that was opened later; usually null.</returns>
    private async Task<Exception?> ServeAsync(Peer peer)
    {
        peer.WhenEnded(Messages.Wake);
        Change(PeerHandleState.Connected, peer, null);
        while (!peer.IsOver && State != PeerHandleState.Closed)
        {
            if (Owners.HasNew && await Owners.PrepareAsync(peer, _closed) is { } fault)
            {
                return fault;
            }

            if (!Messages.TryTake(out HandleEntry? entry, out Task woken))
            {
                // The end of the connection wakes only who has begun to wait.
                await (peer.IsOver ? Task.CompletedTask : woken);
            }
            else if (entry.Owner.PreparedFor != peer)
            {
                // Its handle was opened after the check above.
                Messages.Return(entry);
            }
            else if (!entry.IsOver && !await entry.SendAsync(this, peer))
            {
                Messages.Return(entry);
                return null;
            }
        }

        return null;
    }

    private Task EndedAsync(Peer peer)
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        peer.WhenEnded(() => ended.TrySetResult());
        return UnlessClosedAsync(ended.Task);
    }

    private Task PauseAsync(TimeSpan pause) => UnlessClosedAsync(
        Task.Delay(ActorTimer.Fitted(pause), _node.Context.TimeProvider, _closed).ToldHere());

    private async Task UnlessClosedAsync(Task task)
    {
        try
        {
            await task.OrCancelled(_closed);
        }
        catch (OperationCanceledException)
        {
            // The link was closed, which the loop sees.
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The node's completion reports why it stopped.")]
    private async Task StopWithNodeAsync()
    {
        try
        {
            await _node.Completion.OrCancelled(_closed);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            return;
        }
        catch (Exception)
        {
            // However the node ended, nothing can be sent any more.
        }

        _closedBy = "the node has stopped";
        End();
    }

    /// <summary>Ends the loop and all that waits.</summary>
    /// <returns>The connection that there was; null when there was none.</returns>
    private Peer? End()
    {
        Peer? peer;
        TaskCompletionSource<Peer> connected;
        lock (_lock)
        {
            if (_isOver)
            {
                return null;
            }

            _isOver = true;
            _state = PeerHandleState.Closed;
            (peer, _peer) = (_peer, null);
            peer?.LetGo();
            connected = _connected = _connected.Task.IsCompletedSuccessfully ? NewPromise() : _connected;
        }

        _closing.Cancel();
        Dispose();
        foreach (PeerHandle owner in Owners.All)
        {
            owner.EndRef();
        }

        Messages.Close(_closedBy);
        connected.TrySetException(new ConnectException(Address, ConnectFailure.Stopping, _closedBy));

        // Nobody may wait for it.
        _ = connected.Task.Exception;
        return peer;
    }

    private void Change(PeerHandleState state, Peer? peer, Exception? fault)
    {
        TaskCompletionSource<Peer>? connected = null;
        lock (_lock)
        {
            if (_state == PeerHandleState.Closed || (_state == state && _peer == peer))
            {
                return;
            }

            peer?.Hold();
            _peer?.LetGo();
            (_state, _peer) = (state, peer);
            if (peer is not null)
            {
                connected = _connected;
            }
            else if (_connected.Task.IsCompleted)
            {
                _connected = NewPromise();
            }
        }

        _table.NoteHandlers(Owners.All);
        connected?.TrySetResult(peer!);
        _node.Context.Manager.Tell(
            new ManagerMessages.HandleEvent(new PeerHandleChanged(Address, state, peer, fault)), ActorRefs.NoSender);
    }

    private static TaskCompletionSource<Peer> NewPromise() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
