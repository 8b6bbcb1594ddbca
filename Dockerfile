# docker build -t metallb-dyn6 .      or      buildah build -t metallb-dyn6 .
# Nothing here depends on the processor: linux/amd64 and linux/arm64 alike.

# The JDK's version counts: its JVM is what runs in the end.
FROM docker.io/library/eclipse-temurin:25.0.3_9-jdk-noble AS build
RUN apt-get update && apt-get install -y --no-install-recommends maven
WORKDIR /build
COPY . .
# Makes target/runtime, and tries it out.
RUN --mount=type=cache,target=/root/.m2 mvn -B --no-transfer-progress -Pruntime package

# A JVM needs glibc and nothing else. Unlike distroless images, Debian's have versions to pin.
FROM docker.io/library/debian:13.6-slim
ARG VERSION=1.0.0
LABEL org.opencontainers.image.title="metallb-dyn6" \
      org.opencontainers.image.description="Keeps a MetalLB IPAddressPool on the IPv6 prefix that the ISP delegates today" \
      org.opencontainers.image.source="https://github.com/metallb-dyn6/metallb-dyn6" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}"
# With the files' times, by which the archive knows the jars.
COPY --from=build /build/target/runtime /opt/metallb-dyn6
WORKDIR /opt/metallb-dyn6
# Nobody's, and a number, so that Kubernetes can see that it is not root.
USER 65532:65532
ENTRYPOINT ["/opt/metallb-dyn6/jre/bin/java", "@/opt/metallb-dyn6/java.options", "-jar", "/opt/metallb-dyn6/metallb-dyn6.jar"]
