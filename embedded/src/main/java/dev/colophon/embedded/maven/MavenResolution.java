package dev.colophon.embedded.maven;

import dev.colophon.core.error.ColophonException.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.maven.model.Model;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;

/**
 * One resolution with Maven's own resolver. The default repository is the one that Maven's super
 * POM names.
 */
final class MavenResolution {
  private static final String RUNTIME = "runtime";
  private static final String SUPER_POM = "/org/apache/maven/model/pom-4.0.0.xml";

  private final MavenSettings places;
  private final Consumer<String> progress;

  MavenResolution(MavenSettings places, Consumer<String> progress) {
    this.places = places;
    this.progress = progress;
  }

  /**
   * The jars of these libraries and all that they need at run time, nearest version first as Maven
   * mediates.
   */
  List<Path> resolve(List<String> coordinates) {
    Settings settings = settings();
    MavenLogins logins = new MavenLogins(settings, places);
    try (RepositorySystem system = new RepositorySystemSupplier().get();
        RepositorySystemSession.CloseableSession session = session(system, settings, logins)) {
      CollectRequest collect = new CollectRequest();
      collect.setRepositories(system.newResolutionRepositories(session, repositories(settings)));
      for (String coordinate : coordinates) {
        collect.addDependency(new Dependency(artifact(coordinate), RUNTIME));
      }
      DependencyRequest request = new DependencyRequest(collect, null); // test scope never gets in
      return system.resolveDependencies(session, request).getArtifactResults().stream()
          .map(ArtifactResult::getArtifact)
          .map(artifact -> artifact.getPath().toAbsolutePath())
          .toList();
    } catch (DependencyResolutionException e) {
      throw new Unavailable(
          "//DEPS %s can't be had: %s; check the coordinates, the network, and %s"
              .formatted(String.join(" ", coordinates), e.getMessage(), places.user()),
          e);
    }
  }

  private RepositorySystemSession.CloseableSession session(
      RepositorySystem system, Settings settings, MavenLogins logins) {
    Path repository =
        settings.getLocalRepository() == null
            ? places.localRepository()
            : Path.of(settings.getLocalRepository());
    return new SessionBuilderSupplier(system)
        .get()
        .withLocalRepositoryBaseDirectories(repository)
        .setOffline(settings.isOffline())
        .setMirrorSelector(mirrors(settings))
        .setProxySelector(logins.proxies())
        .setAuthenticationSelector(logins)
        .setTransferListener(
            new AbstractTransferListener() {
              @Override
              public void transferSucceeded(TransferEvent event) {
                String name = event.getResource().getResourceName();
                if (name.endsWith(".jar")) {
                  progress.accept(
                      "downloaded %s (%,d KB)"
                          .formatted(
                              name.substring(name.lastIndexOf('/') + 1),
                              event.getTransferredBytes() / 1024));
                }
              }
            })
        .build();
  }

  private static DefaultArtifact artifact(String coordinate) {
    int at = coordinate.indexOf('@');
    String type = at < 0 ? "jar" : coordinate.substring(at + 1);
    String[] parts = (at < 0 ? coordinate : coordinate.substring(0, at)).split(":", -1);
    return new DefaultArtifact(
        parts[0], parts[1], parts.length > 3 ? parts[3] : "", type, parts[2]);
  }

  private Settings settings() {
    DefaultSettingsBuildingRequest request = new DefaultSettingsBuildingRequest();
    request.setUserSettingsFile(places.user().toFile());
    places
        .global()
        .filter(Files::exists)
        .ifPresent(file -> request.setGlobalSettingsFile(file.toFile()));
    request.setSystemProperties(System.getProperties());
    try {
      return new DefaultSettingsBuilderFactory()
          .newInstance()
          .build(request)
          .getEffectiveSettings();
    } catch (SettingsBuildingException e) {
      throw new Unavailable(
          "Maven's settings (%s): they can't be read (%s); mend the file or move it away"
              .formatted(places.user(), e.getMessage()),
          e);
    }
  }

  /** Those of the active profiles, then the default one. */
  private static List<RemoteRepository> repositories(Settings settings) {
    List<RemoteRepository> repositories = new ArrayList<>();
    settings.getProfiles().stream()
        .filter(
            profile ->
                settings.getActiveProfiles().contains(profile.getId())
                    || (profile.getActivation() != null
                        && profile.getActivation().isActiveByDefault()))
        .flatMap(profile -> profile.getRepositories().stream())
        .forEach(found -> repositories.add(remote(found.getId(), found.getUrl())));
    superPom()
        .getRepositories()
        .forEach(found -> repositories.add(remote(found.getId(), found.getUrl())));
    return repositories;
  }

  private static RemoteRepository remote(String id, String url) {
    return new RemoteRepository.Builder(id, "default", url).build();
  }

  private static Model superPom() {
    try (InputStream in = Model.class.getResourceAsStream(SUPER_POM)) {
      if (in == null) {
        throw new IllegalStateException(
            "Maven's super POM is not on the class path at " + SUPER_POM);
      }
      return new MavenXpp3Reader().read(in);
    } catch (IOException | XmlPullParserException e) {
      throw new IllegalStateException("Maven's super POM can't be read", e);
    }
  }

  private static DefaultMirrorSelector mirrors(Settings settings) {
    DefaultMirrorSelector mirrors = new DefaultMirrorSelector();
    for (Mirror mirror : settings.getMirrors()) {
      mirrors.add(
          mirror.getId(),
          mirror.getUrl(),
          mirror.getLayout(),
          false,
          mirror.isBlocked(),
          mirror.getMirrorOf(),
          mirror.getMirrorOfLayouts());
    }
    return mirrors;
  }
}
