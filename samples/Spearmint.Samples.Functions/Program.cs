using Spearmint.Host;
using Spearmint.Samples.Functions;

// the service with a function of one's own, which experiments/rank.yaml names
return await SpearmintHost.RunAsync(args, functions => functions.Add<RankConfig, string[]>("rank", Ranking.RankAsync));
