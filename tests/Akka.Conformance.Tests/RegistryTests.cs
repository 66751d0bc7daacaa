using Akka.Actor;
using Akka.Conformance.Support;
using Akka.Hosting;

namespace Akka.Conformance;

public class RegistryTests : ConformanceTest
{
    private readonly ActorRegistry _registry = new();

    [Fact]
    public void An_actor_is_found_by_its_key()
    {
        _registry.Register<RegistryTests>(TestActor);
        Assert.Equal(TestActor, _registry.Get<RegistryTests>());
        Assert.True(_registry.TryGet<RegistryTests>(out var found));
        Assert.Equal(TestActor, found);
        var key = GetType();
        Assert.True(_registry.TryGet(key, out _));
        Assert.Equal([KeyValuePair.Create(typeof(RegistryTests), TestActor)], _registry);
    }

    [Fact]
    public void A_missing_key_is_an_exception_of_its_own()
    {
        Assert.Throws<MissingActorRegistryEntryException>(() => _registry.Get<RegistryTests>());
        Assert.False(_registry.TryGet<RegistryTests>(out _));
    }

    [Fact]
    public void So_is_a_second_actor_for_a_key_unless_it_is_to_overwrite()
    {
        var second = StartSilent();
        _registry.Register<RegistryTests>(TestActor);
        Assert.Throws<DuplicateActorRegistryException>(() => _registry.Register<RegistryTests>(second));
        Assert.False(_registry.TryRegister<RegistryTests>(second));
        Assert.Equal(TestActor, _registry.Get<RegistryTests>());
        _registry.Register<RegistryTests>(second, overwrite: true);
        Assert.Equal(second, _registry.Get<RegistryTests>());
    }

    [Fact]
    public async Task GetAsync_waits_for_the_actor()
    {
        var waiting = _registry.GetAsync<RegistryTests>();
        Assert.False(waiting.IsCompleted);
        _registry.Register<RegistryTests>(TestActor);
        Assert.Equal(TestActor, await waiting.WaitAsync(Patience));
        Assert.Equal(TestActor, await _registry.GetAsync<RegistryTests>().WaitAsync(Patience));
    }

    [Fact]
    public async Task GetAsync_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        var waiting = _registry.GetAsync<RegistryTests>(source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));
    }
}
