using Spearmint.Host.Commands;

return await CommandLine.RunAsync(args);
