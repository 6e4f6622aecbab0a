using System.Threading.Channels;
using Akka.Actor.Dsl;

namespace ActorP2P.Determinism.Tests;

/// <summary>Tasks inside actors.</summary>
public sealed class TaskIdiomTests
{
    [Fact]
    public void PipeTo_of_an_Ask_brings_the_answer() => Idiom.Holds(async scene =>
    {
        IActorRef echo = scene.System.ActorOf(
            act => act.ReceiveAny((message, context) => context.Sender.Tell(message)));
        IActorRef actor = scene.System.ActorOf(act =>
        {
            act.Receive<int>((number, context) => echo.Ask<string>($"{number}").PipeTo(context.Self));
            act.Receive<string>((text, _) => scene.Say(text));
        });
        actor.Tell(1);
        actor.Tell(2);
        await scene.PassSeconds(1);
        Assert.Equal(["1 at 0", "2 at 0"], scene.Said.Order(StringComparer.Ordinal));
    });

    [Fact]
    public void PipeTo_of_an_async_method_works_with_the_context() => Idiom.Holds(async scene =>
    {
        IActorRef actor = scene.System.ActorOf(act =>
        {
            act.Receive<int>((_, context) => AfterAnHour(scene).PipeTo(context.Self, useConfigureAwait: true));
            act.Receive<string>((text, _) => scene.Say(text));
        });
        actor.Tell(1);
        await scene.PassHours(2);
        Assert.Equal(["an hour at 3600"], scene.Said);
    });

    [Fact]
    public void Plain_PipeTo_of_an_async_method_is_reported() => Idiom.Leaks(
        async scene =>
        {
            IActorRef actor = scene.System.ActorOf(act =>
                act.Receive<int>((_, context) => AfterAnHour(scene).PipeTo(context.Self)));
            actor.Tell(1);
            await scene.PassHours(2);
        },
        nameof(AfterAnHour));

    [Fact]
    public void ReceiveAsync_keeps_its_actor_and_holds_the_next_back() => Idiom.Holds(async scene =>
    {
        IActorRef actor = scene.System.ActorOf(act => act.ReceiveAsync<int>(async (number, context) =>
        {
            (IActorRef self, IActorRef sender) = (context.Self, context.Sender);
            scene.Say($"start {number}");
            await Task.Delay(TimeSpan.FromHours(1), scene.Time);
            await Task.Yield();
            Assert.Same(self, context.Self);
            Assert.Same(sender, context.Sender);
            scene.Say($"end {number}");
            context.Sender.Tell(number);
        }));
        await Task.WhenAll(actor.Ask<int>(1), actor.Ask<int>(2));
        Assert.Equal(["start 1 at 0", "end 1 at 3600", "start 2 at 3600", "end 2 at 7200"], scene.Said);
    });

    [Fact]
    public void An_exception_after_an_await_reaches_the_supervisor() => Idiom.Holds(async scene =>
    {
        IActorRef actor = scene.System.ActorOf(act =>
        {
            act.OnPostRestart = (reason, _) => scene.Say(reason.Message);
            act.ReceiveAsync<int>(async (_, _) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), scene.Time);
                throw new DeliberateException("bang");
            });
        });
        actor.Tell(1);
        await scene.PassSeconds(5);
        Assert.Equal(["bang at 1"], scene.Said);
    });

    [Fact]
    public void Fire_and_forget_comes_back_to_the_node() => Idiom.Holds(async scene =>
    {
        IActorRef listener = scene.System.ActorOf(act => act.Receive<string>((text, _) => scene.Say(text)));
        IActorRef actor = scene.System.ActorOf(act => act.Receive<int>((_, _) => _ = LaterAsync()));
        actor.Tell(1);
        await scene.PassHours(2);
        Assert.Equal(["an hour at 3600"], scene.Said);

        async Task LaterAsync() => listener.Tell(await AfterAnHour(scene));
    });

    [Fact]
    public void ContinueWith_comes_back_to_the_node() => Idiom.Holds(async scene =>
    {
        IActorRef actor = scene.System.ActorOf(act =>
        {
            act.Receive<int>((_, context) =>
            {
                IActorRef self = context.Self;
                AfterAnHour(scene).ContinueWith(task => self.Tell(task.Result));
            });
            act.Receive<string>((text, _) => scene.Say(text));
        });
        actor.Tell(1);
        await scene.PassHours(2);
        Assert.Equal(["an hour at 3600"], scene.Said);
    });

    [Fact]
    public void WhenAny_and_WhenAll_of_delays_go_by_virtual_time() => Idiom.Holds(async scene =>
    {
        IActorRef actor = scene.System.ActorOf(act => act.ReceiveAsync<int>(async (_, context) =>
        {
            Task<string> hour = AfterAnHour(scene);
            Task minute = Task.Delay(TimeSpan.FromMinutes(1), scene.Time);
            Assert.Same(minute, await Task.WhenAny(hour, minute));
            scene.Say("any");
            await Task.WhenAll(hour, minute);
            scene.Say("all");
            context.Sender.Tell(1);
        }));
        await actor.Ask<int>(1);
        Assert.Equal(["any at 60", "all at 3600"], scene.Said);
    });

    [Fact]
    public void Task_Start_and_the_factory_stay_on_the_node() => Idiom.Holds(async scene =>
    {
        int thread = Environment.CurrentManagedThreadId;
        IActorRef actor = scene.System.ActorOf(act => act.ReceiveAsync<int>(async (_, context) =>
        {
            Task<int> cold = new(() => Environment.CurrentManagedThreadId);
            cold.Start();
            int factory = await Task.Factory.StartNew(() => Environment.CurrentManagedThreadId);
            context.Sender.Tell(factory == thread && await cold == thread);
        }));
        Assert.True(await actor.Ask<bool>(1));
    });

    [Fact]
    public void SemaphoreSlim_lets_one_in_after_the_other() => Idiom.Holds(async scene =>
    {
        using SemaphoreSlim gate = new(1);
        IActorRef[] actors = [.. Enumerable.Range(0, 3).Select(_ => scene.System.ActorOf(
            act => act.ReceiveAsync<int>(async (_, context) =>
            {
                await gate.WaitAsync();
                await Task.Delay(TimeSpan.FromHours(1), scene.Time);
                gate.Release();
                context.Sender.Tell(1);
            })))];
        await Task.WhenAll(actors.Select(static actor => actor.Ask<int>(1)));
        Assert.Equal(TimeSpan.FromHours(3), scene.Now);
    });

    [Fact]
    public void Channels_carry_values_between_actors() => Idiom.Holds(async scene =>
    {
        Channel<int> channel = Channel.CreateBounded<int>(1);
        Writer(scene, channel).Tell(5);
        IActorRef reader = scene.System.ActorOf(act => act.ReceiveAsync<string>(async (_, context) =>
        {
            int sum = 0;
            while (await channel.Reader.WaitToReadAsync())
            {
                sum += await channel.Reader.ReadAsync();
            }
            context.Sender.Tell(sum);
        }));
        Assert.Equal(10, await reader.Ask<int>("read"));
        Assert.Equal(TimeSpan.FromMinutes(5), scene.Now);
    });

    [Fact]
    public void ReadAllAsync_works_with_synchronous_continuations() => Idiom.Holds(async scene =>
    {
        Channel<int> channel = Channel.CreateBounded<int>(
            new BoundedChannelOptions(1) { AllowSynchronousContinuations = true });
        Writer(scene, channel).Tell(5);
        Assert.Equal(10, await AllReader(scene, channel).Ask<int>("read"));
    });

    [Fact]
    public void ReadAllAsync_of_a_plain_channel_is_reported() => Idiom.Leaks(
        async scene =>
        {
            Channel<int> channel = Channel.CreateBounded<int>(1);
            Writer(scene, channel).Tell(5);
            await AllReader(scene, channel).Ask<int>("read");
        },
        nameof(Writer));

    [Fact]
    public void ConfigureAwait_false_on_a_promise_of_ones_own_goes_on() => Idiom.Holds(async scene =>
    {
        TaskCompletionSource<int> promise = new();
        IActorRef actor = scene.System.ActorOf(act => act.ReceiveAsync<string>(async (_, context) =>
        {
            IActorRef sender = context.Sender;
            sender.Tell(await promise.Task.ConfigureAwait(false));
        }));
        scene.World.Schedule(TimeSpan.FromHours(1), EventClass.Timer, 0, 0, () => promise.SetResult(7));
        Assert.Equal(7, await actor.Ask<int>("?"));
    });

    private static IActorRef Writer(Scene scene, Channel<int> channel) => scene.System.ActorOf(
        act => act.ReceiveAsync<int>(async (count, _) =>
        {
            for (int number = 0; number < count; number++)
            {
                await Task.Delay(TimeSpan.FromMinutes(1), scene.Time);
                await channel.Writer.WriteAsync(number);
            }
            channel.Writer.Complete();
        }));

    private static IActorRef AllReader(Scene scene, Channel<int> channel) => scene.System.ActorOf(
        act => act.ReceiveAsync<string>(async (_, context) =>
        {
            int sum = 0;
            await foreach (int number in channel.Reader.ReadAllAsync())
            {
                sum += number;
            }
            context.Sender.Tell(sum);
        }));

    private static async Task<string> AfterAnHour(Scene scene)
    {
        await Task.Delay(TimeSpan.FromHours(1), scene.Time);
        return "an hour";
    }
}
