#!/usr/bin/env pwsh
# The steps of a build as plain commands. Usage: ./build.ps1 [restore|build|test|bench|latency|chaos|storage|pack|run|all]
param([ValidateSet('restore', 'build', 'test', 'bench', 'latency', 'chaos', 'storage', 'pack', 'run', 'all')][string]$Step = 'all')

Set-Location $PSScriptRoot
function Check { if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE } }

if ($Step -in 'restore', 'all') { dotnet restore Spearmint.sln; Check }
if ($Step -in 'build', 'all') { dotnet build Spearmint.sln; Check }
if ($Step -in 'test', 'all') { dotnet test Spearmint.sln; Check }
if ($Step -eq 'bench') { dotnet run -c Release --project bench/Spearmint.Bench; Check }
if ($Step -eq 'latency') { dotnet run -c Release --project bench/Spearmint.Latency; Check }
if ($Step -eq 'chaos') { dotnet run -c Release --project bench/Spearmint.Chaos -- --time 00:00:20; Check }
if ($Step -eq 'storage') { dotnet run -c Release --project bench/Spearmint.StorageBench; Check }
if ($Step -eq 'pack') { dotnet pack src/Spearmint.Actors -c Release; Check }
if ($Step -eq 'run') { dotnet run --project src/Spearmint.Host; Check }
