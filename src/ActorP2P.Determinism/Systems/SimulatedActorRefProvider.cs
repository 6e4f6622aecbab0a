using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Event;
using Akka.Serialization;

namespace ActorP2P.Determinism;

/// <summary>
/// The local provider with two changes. First, an answer to an Ask completes its promise in a step of
/// its own, and a continuation with ConfigureAwait(false), as in PipeTo, runs in that step instead of
/// on the thread pool. Second, routers that would leave the simulation get another logic.
/// </summary>
internal sealed class SimulatedActorRefProvider : IActorRefProvider
{
    private readonly LocalActorRefProvider _inner;
    private readonly SystemBinding _binding = SystemBinding.Creating;

    public SimulatedActorRefProvider(string systemName, Settings settings, EventStream eventStream) =>
        _inner = new LocalActorRefProvider(systemName, settings, eventStream);

    public IInternalActorRef RootGuardian => _inner.RootGuardian;

    public LocalActorRef Guardian => _inner.Guardian;

    public LocalActorRef SystemGuardian => _inner.SystemGuardian;

    public IActorRef DeadLetters => _inner.DeadLetters;

    public IActorRef IgnoreRef => _inner.IgnoreRef;

    public ActorPath RootPath => _inner.RootPath;

    public Settings Settings => _inner.Settings;

    public Deployer Deployer => _inner.Deployer;

    public IInternalActorRef TempContainer => _inner.TempContainer;

    public Task TerminationTask => _inner.TerminationTask;

    public Address DefaultAddress => _inner.DefaultAddress;

    public Information SerializationInformation => _inner.SerializationInformation;

    public IActorRef RootGuardianAt(Address address) => _inner.RootGuardianAt(address);

    public void Init(ActorSystemImpl system) => _inner.Init(system);

    public ActorPath TempPath() => _inner.TempPath();

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path) =>
        _inner.RegisterTempActor(actorRef, path);

    public void UnregisterTempActor(ActorPath path) => _inner.UnregisterTempActor(path);

    public FutureActorRef<T> CreateFutureRef<T>(TaskCompletionSource<T> tcs)
    {
        AkkaPrivates.ContinueInline(tcs.Task);
        return new SimulatedFutureRef<T>(tcs, TempPath(), this, _binding);
    }

    public IInternalActorRef ActorOf(
        ActorSystemImpl system,
        Props props,
        IInternalActorRef supervisor,
        ActorPath path,
        bool systemService,
        Deploy deploy,
        bool lookupDeploy,
        bool async)
    {
        StreamParts.Refuse(props);
        // The materializer of a stream supervisor would block for a supervisor that has not started yet.
        async &= !StreamParts.IsStreamSupervisor(props);
        Deploy? configured = lookupDeploy ? Deployer.Lookup(path) : null;
        return SimulatedRouters.For(props, deploy, configured, _binding, system.Scheduler) is { } routed
            ? _inner.ActorOf(system, routed, supervisor, path, systemService, null!, lookupDeploy: false, async)
            : _inner.ActorOf(system, props, supervisor, path, systemService, deploy, lookupDeploy, async);
    }

    public IActorRef ResolveActorRef(string path) => _inner.ResolveActorRef(path);

    public IActorRef ResolveActorRef(ActorPath actorPath) => _inner.ResolveActorRef(actorPath);

    public Address GetExternalAddressFor(Address address) => _inner.GetExternalAddressFor(address);
}
