package io.nettrace.platform;

import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Singleton;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One instance for the application, made by CDI through its constructor, never proxied. */
@SuppressWarnings(
    "InjectScopeAnnotationOnInterfaceOrAbstractClass") // how a stereotype says its scope
@Stereotype
@Singleton
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Service {}
