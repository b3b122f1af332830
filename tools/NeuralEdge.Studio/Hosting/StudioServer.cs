using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MudBlazor.Services;
using NeuralEdge.Studio.Boards;
using NeuralEdge.Studio.Recording;
using NeuralEdge.Studio.Sharing;
using NeuralEdge.Studio.Shell;
using NeuralEdge.Studio.Simulation;
using NeuralEdge.Studio.Training;
using NeuralEdge.Studio.Watching;
using NeuralEdge.Studio.Wiring;

namespace NeuralEdge.Studio.Hosting;

/// <summary>The studio: pages for one person on this computer, at 127.0.0.1 and a port of the system's choice.</summary>
public sealed class StudioServer : IAsyncDisposable
{
    // Pages hold their connection for as long as they are open; nobody should wait for them.
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    private readonly WebApplication _app;
    private readonly PlainLog _log;

    private StudioServer(WebApplication app, PlainLog log, string address) => (_app, _log, Address) = (app, log, address);

    /// <summary>What to open in a browser; works once.</summary>
    public string Address { get; }

    /// <summary>Starts listening, and connects to the board if a port is given.</summary>
    /// <param name="options">What it is started with.</param>
    /// <param name="cancellation">Ends the start.</param>
    public static async Task<StudioServer> StartAsync(StudioOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);

        // Nothing of the environment or of the user's folder configures a door.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = options.ApplicationName,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        PlainLog log = new();
        AddServices(builder, options, log);
        WebApplication app = builder.Build();
        AccessGuard guard = new();
        app.Use(guard.Run);
        app.UseRouting();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapDownloads();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        try
        {
            await app.StartAsync(cancellation);
            BoardService board = app.Services.GetRequiredService<BoardService>();
            app.Services.GetRequiredService<BoardDiary>();
            app.Services.GetRequiredService<WatchKeeper>();
            app.Services.GetRequiredService<PortSharing>();
            if (options.Port is string port)
            {
                board.Connect(port);
            }

            string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
            return new StudioServer(app, log, string.Create(CultureInfo.InvariantCulture, $"{address}/?{AccessGuard.Parameter}={guard.Token}"));
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says goodbye to open pages, frees the board's port, ends a simulated board.</summary>
    public async ValueTask DisposeAsync()
    {
        // The board first: pages that are still open would show its end with services that are gone.
        _log.Silence();
        await _app.Services.GetRequiredService<BoardService>().DisposeAsync();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static void AddServices(WebApplicationBuilder builder, StudioOptions options, PlainLog log)
    {
        IServiceCollection services = builder.Services;
        builder.Logging.AddProvider(log)
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        services.AddSingleton<IHostLifetime, NoLifetime>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestGoodbye);
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new MemoryKeys());
        services.AddRouting();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddSingleton(options);
        services.AddSingleton(options.Texts);
        services.AddSingleton<SimulatedWorld>();
        services.AddSingleton<BoardService>();
        services.AddSingleton(services => new BoardDiary(services.GetRequiredService<BoardService>(), Path.Combine(options.Folder, "watch", "events.csv")));
        services.AddSingleton<WatchKeeper>(services => new WatchKeeper(services.GetRequiredService<BoardService>(), options));
        services.AddSingleton<PortSharing>();
        services.AddSingleton<SessionFolder>();
        services.AddSingleton<Recorder>();
        services.AddSingleton<TrainingJob>();
        services.AddSingleton<TrainingChoice>();
        services.AddSingleton<WiringDesk>();
        services.AddSingleton<UploadJob>();
    }

    /// <summary>Ctrl+C belongs to the command line.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
