using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// Makes connections: to the bootstrap nodes by a <see cref="DialPlan"/>, repeatedly while they are away, and at once
/// to any address that the application asks for.
/// </summary>
internal sealed class DialerActor(NodeContext node, Random random) : VitalActor
{
    /// <summary>
    /// Dials that may be in progress for the application; further ones fail at once. As many as half-open inbound
    /// connections.
    /// </summary>
    private const int MaxDials = 64;

    private readonly DialPlan _plan = new(node.Settings.Dial, random);
    private readonly NameFates _fates = new(node.Settings.Dial, random);
    private readonly Dictionary<PeerAddress, DialUnderWay> _dials = [];
    private readonly ActorTimer _planDue = new(node.TimeProvider, Context.Self, DialerMessages.PlanDue.Instance);

    protected override void PreStart()
    {
        foreach (PeerAddress address in node.Settings.Bootstrap)
        {
            _plan.Add(address, node.Now);
        }

        DialDue();
    }

    protected override void PostStop()
    {
        _planDue.Stop();
        foreach ((PeerAddress _, DialUnderWay dial) in _dials)
        {
            dial.Handle.Dispose();
            dial.Promises.ForEach(promise => promise.Fail(ConnectFailure.Stopping, ""));
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case DialerMessages.Dial dial:
                DialFor(dial.Promise);
                break;
            case DialerMessages.Abandon abandon:
                Abandon(abandon.Promise);
                break;
            case DialerMessages.Succeeded succeeded:
                Take(succeeded);
                break;
            case DialerMessages.Failed failed:
                Fail(failed);
                break;
            case DialerMessages.Connected connected:
                _plan.Connected(connected.Address, node.Now);
                break;
            case DialerMessages.Ended ended:
                Replan(ended);
                break;
            case DialerMessages.PlanDue:
                DialDue();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void DialFor(ConnectPromise promise)
    {
        if (_dials.TryGetValue(promise.Address, out DialUnderWay? dial))
        {
            dial.Promises.Add(promise);
        }
        else if (node.Access.Denies(promise.Address))
        {
            promise.Fail(ConnectFailure.NotAdmitted, promise.Address.Host);
        }
        else if (node.BanOf(promise.Address) is { } ban)
        {
            promise.Fail(ConnectFailure.Banned, $"{ban.Target}");
        }
        else if (_dials.Count >= MaxDials)
        {
            promise.Fail(ConnectFailure.TooManyConnections, $"{_dials.Count} dials are under way");
        }
        else
        {
            Dial(promise.Address).Promises.Add(promise);
        }
    }

    /// <summary>Gives up a dial that no caller waits for. Dials of the plan go on.</summary>
    private void Abandon(ConnectPromise promise)
    {
        if (_dials.TryGetValue(promise.Address, out DialUnderWay? dial) && dial.Promises.Remove(promise)
            && dial is { IsPlanned: false, Promises.Count: 0 })
        {
            _dials.Remove(promise.Address);
            dial.Handle.Dispose();
        }
    }

    private DialUnderWay Dial(PeerAddress address)
    {
        Sink sink = new(Self, address);
        IDisposable handle = node.Transport.Dial(
            address, _fates.Excluded(address, node.Now), node.Settings.Dial.ConnectTimeout, sink);
        return _dials[address] = new DialUnderWay(sink, handle, []);
    }

    private void DialDue()
    {
        foreach (PeerAddress address in _plan.TakeDue(node.Now))
        {
            bool isDenied = node.Access.Denies(address);
            if (isDenied || node.BanOf(address) is not null)
            {
                // It stays in the plan: rules can be changed while the node runs, and bans end.
                Context.Parent.Tell(new ManagerMessages.DialFailed(
                    address, isDenied ? ConnectFailure.NotAdmitted : ConnectFailure.Banned, address.Host));
                _plan.Failed(address, node.Now);
                continue;
            }

            DialUnderWay dial = _dials.GetValueOrDefault(address) ?? Dial(address);
            dial.IsPlanned = true;
        }

        Arm();
    }

    private void Take(DialerMessages.Succeeded succeeded)
    {
        if (TryEnd(succeeded.Address, succeeded.Dial, out DialUnderWay? dial))
        {
            Context.Parent.Tell(new ManagerMessages.Dialled(
                succeeded.Address, succeeded.Connection, dial.Promises, dial.IsPlanned));
        }
        else
        {
            succeeded.OnUndelivered();
        }
    }

    private void Fail(DialerMessages.Failed failed)
    {
        if (!TryEnd(failed.Address, failed.Dial, out DialUnderWay? dial))
        {
            return;
        }

        ConnectFailure reason = failed.Error.Fault switch
        {
            TransportFault.Refused or TransportFault.Reset => ConnectFailure.Refused,
            TransportFault.TimedOut => ConnectFailure.TimedOut,
            TransportFault.Unreachable => ConnectFailure.Unreachable,
            TransportFault.NameNotResolved => ConnectFailure.NameNotResolved,
            TransportFault.TooManyOpenFiles => ConnectFailure.TooManyOpenFiles,
            TransportFault.Aborted => ConnectFailure.Stopping,
            _ => ConnectFailure.Other,
        };
        dial.Promises.ForEach(promise => promise.Fail(reason, failed.Error.Detail));
        Context.Parent.Tell(new ManagerMessages.DialFailed(failed.Address, reason, failed.Error.Detail));
        _plan.Failed(failed.Address, node.Now);
        Arm();
    }

    private void Replan(DialerMessages.Ended ended)
    {
        if (ended.WasReady || ended.At == ended.Address.WithoutId)
        {
            _plan.Ended(ended.Address, node.Now, ended.WasReady, ended.End.Reason);
        }
        else
        {
            TryOthers(ended);
        }

        Arm();
    }

    /// <summary>
    /// One address of a name failed: the others are dialled at once. Each failure excludes one more address, so this
    /// ends.
    /// </summary>
    private void TryOthers(DialerMessages.Ended ended)
    {
        _fates.Failed(ended.Address, ended.At, node.Now, ended.End.Reason);
        _plan.Again(ended.Address, node.Now);
        foreach (ConnectPromise promise in ended.Promises)
        {
            promise.LastEnd = ended.End;
            DialFor(promise);
        }
    }

    /// <summary>Ends a dial. False when the outcome belongs to a dial that was abandoned at a restart.</summary>
    private bool TryEnd(PeerAddress address, IDialSink sink, [MaybeNullWhen(false)] out DialUnderWay dial) =>
        _dials.TryGetValue(address, out dial) && dial.Sink == sink && _dials.Remove(address);

    private void Arm()
    {
        if (_plan.NextDue is { } due)
        {
            _planDue.Start(due - node.Now);
        }
    }

    private sealed record DialUnderWay(IDialSink Sink, IDisposable Handle, List<ConnectPromise> Promises)
    {
        /// <summary>Whether the plan wants it, whether or not a caller waits for it.</summary>
        public bool IsPlanned { get; set; }
    }

    private sealed class Sink(IActorRef dialer, PeerAddress address) : IDialSink
    {
        public void OnDialled(IConnection connection) =>
            dialer.Tell(new DialerMessages.Succeeded(address, this, connection), ActorRefs.NoSender);

        public void OnDialFailed(TransportError error) =>
            dialer.Tell(new DialerMessages.Failed(address, this, error), ActorRefs.NoSender);
    }
}
